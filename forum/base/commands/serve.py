"""`run.py serve`: check, prepare the data folder, listen, say where."""

import errno
import os
import socket
import ssl
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from forum.base.commands.common import Data, Failure, Misuse, make_folder, use

if TYPE_CHECKING:
    import uvicorn

    from forum.base.settings import Settings

Host = Annotated[str | None, typer.Option(help="The address to listen on.  [127.0.0.1]")]
Port = Annotated[int | None, typer.Option(help="The port to listen on.  [8000]", min=0, max=65535)]


def serve(
    host: Host = None,
    port: Port = None,
    data: Data = None,
    workers: Annotated[
        int | None, typer.Option(help="Processes that serve; more than one needs PostgreSQL.")
    ] = None,
    tls_cert: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Serve HTTPS with this certificate …")
    ] = None,
    tls_key: Annotated[Path | None, typer.Option(metavar="FILE", help="… and this key.")] = None,
) -> None:
    """Serve; makes and updates the database in the data folder first."""
    given = {
        "HOST": host,
        "PORT": port,
        "WORKERS": workers,
        "TLS_CERT": tls_cert and tls_cert.absolute(),
        "TLS_KEY": tls_key and tls_key.absolute(),
    }
    # The environment is what worker processes see of the command line.
    os.environ.update({f"FOLKMOOT_{k}": str(v) for k, v in given.items() if v is not None})
    config = use(data)
    check(config)
    make_folder(config)
    listener = listen(config)
    doors = prepare(config)
    where = address(config, listener.getsockname()[1])
    words = [f"Folkmoot 议事厅 is at {where}"]
    words += [f"Become its administrator, once, within an hour: {where}{path}" for path in doors]
    if not (config.mail_url or config.demo):
        words.append("It sends no mail: set FOLKMOOT_MAIL_URL for letters and sign-in by mail.")
    words.append(f"Everything is kept in {config.data.absolute()}. Ctrl+C stops.")
    run(config, listener, "\n".join(words))


def check(config: "Settings") -> None:
    """Refuse settings that cannot work together."""
    if config.workers < 1:
        raise Misuse("--workers must be at least 1")
    if config.workers > 1 and config.sqlite:
        raise Misuse(
            "SQLite serves one process: leave --workers at 1, "
            "or set FOLKMOOT_DATABASE_URL to a PostgreSQL database"
        )
    if bool(config.tls_cert) != bool(config.tls_key):
        raise Misuse("--tls-cert and --tls-key belong together: give both")
    if config.tls_cert:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        try:
            context.load_cert_chain(config.tls_cert, config.tls_key)
        except FileNotFoundError as error:
            both = f"{config.tls_cert} or {config.tls_key}"
            raise Misuse(f"there is no such file: {both}") from error
        except (OSError, ValueError) as error:
            why = getattr(error, "reason", None) or "it cannot be read"
            raise Misuse(
                f"{config.tls_cert} and {config.tls_key} are no PEM certificate with its key: {why}"
            ) from error


def listen(config: "Settings") -> socket.socket:
    """The listening socket, taken before anything else so that a second start changes nothing."""
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    listener = socket.socket(family)
    if os.name != "nt":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((config.host, config.port))
        listener.listen(4096)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            why = f"port {config.port} is taken: choose another with --port"
        elif error.errno == errno.EACCES:
            why = f"port {config.port} may not be opened by this user: choose one above 1023"
        else:
            why = f"cannot listen on {config.host}: choose an address of this machine with --host"
        raise Failure(why) from error
    listener.set_inheritable(True)
    return listener


def prepare(config: "Settings") -> list[str]:
    """A database with today's tables; returns the way in while it has no administrator."""
    from forum.base import db, migrate, registry  # noqa: PLC0415

    migrate.upgrade(config)
    with db.transaction() as tx:
        paths = [path for make in registry.first_doors if (path := make(tx))]
    db.close()
    return paths


def address(config: "Settings", port: int) -> str:
    """Where a browser on this machine finds the server."""
    if config.base_url:
        return config.base_url.rstrip("/")
    host = {"0.0.0.0": "localhost", "::": "localhost"}.get(config.host, config.host)  # noqa: S104
    host = f"[{host}]" if ":" in host else host
    scheme = "https" if config.tls_cert else "http"
    return f"{scheme}://{host}:{port}"


def options(config: "Settings") -> "uvicorn.Config":
    """How uvicorn serves us."""
    import uvicorn  # noqa: PLC0415

    from forum.base.live.protocol import OPTIONS  # noqa: PLC0415

    return uvicorn.Config(
        "run:create_app",
        factory=True,
        interface="asgi3",
        lifespan="on",
        loop="uvloop" if importable("uvloop") else "asyncio",
        http="httptools" if importable("httptools") else "h11",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(config.trusted_proxies),
        forwarded_allow_ips=config.trusted_proxies,
        workers=config.workers,
        backlog=4096,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=8,
        timeout_worker_healthcheck=60,  # a worker that starts on a busy machine is not dead
        ssl_certfile=config.tls_cert or None,
        ssl_keyfile=config.tls_key or None,
        **OPTIONS,
    )


def importable(name: str) -> bool:
    """Whether an optional package is installed here."""
    from importlib.util import find_spec  # noqa: PLC0415

    return find_spec(name) is not None


def run(config: "Settings", listener: socket.socket, hello: str) -> None:
    """Serve until told to stop; says hello once somebody would be heard."""
    from uvicorn import Server  # noqa: PLC0415
    from uvicorn.supervisors import Multiprocess  # noqa: PLC0415

    class OneProcess(Server):
        """A server that says where it is when it answers there."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            """Start, then say so."""
            await super().startup(sockets)
            if self.started:
                print(hello, flush=True)

    class Several(Multiprocess):
        """The same of several processes, once the first one answers."""

        def init_processes(self) -> None:
            """Start them, then say so."""
            super().init_processes()
            if self.processes[0].wait_until_ready(60, self.should_exit):
                print(hello, flush=True)

    how = options(config)
    if config.workers > 1:
        Several(how, sockets=[listener]).run()
        return
    server = OneProcess(how)
    with suppress(KeyboardInterrupt):  # how we were asked to stop
        server.run([listener])
    if not server.started:
        sys.exit(1)
