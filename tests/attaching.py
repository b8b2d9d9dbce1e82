"""Files to attach, and the plain form that attaches them."""

from io import BytesIO

from PIL import Image
from starlette.testclient import TestClient

PDF = b"%PDF-1.7 offer"


def picture() -> bytes:
    """A small photograph."""
    out = BytesIO()
    Image.new("RGB", (40, 20), (200, 40, 40)).save(out, "JPEG")
    return out.getvalue()


def attach(browser: TestClient, place: str, data: bytes, name: str, **fields: str) -> str:
    """Attach; returns where one lands."""
    answer = browser.post(f"/attach/{place}", data=fields, files={"file": (name, data)})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])
