"""The secrets beside the database: made at first use, one for all who ask."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from forum.base import keys, settings


def test_those_who_ask_first_together_get_the_same_secret(tmp_path: Path) -> None:
    """The first requests after a start come at once; each finds the secret, and no scrap stays."""
    crowd = 8
    ready = Barrier(crowd)

    def asks(_number: int) -> bytes:
        ready.wait()
        return keys.cookie_secret()

    for turn in range(5):
        settings.configure(data=tmp_path / str(turn))
        with ThreadPoolExecutor(crowd) as pool:
            found = set(pool.map(asks, range(crowd)))
        assert len(found) == 1
        assert [path.name for path in settings.settings().keys.iterdir()] == ["cookies.key"]
