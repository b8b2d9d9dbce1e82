"""What a file is by its content, in the form in which it is kept: pictures, PDF, plain text."""

from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from forum.base.errors import Invalid
from forum.base.i18n import _

if TYPE_CHECKING:
    from PIL import Image

MAX_PIXELS = 50_000_000
MAX_SIDE = 2560
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
# A GIF's first picture: nothing on a page moves without being asked.
KEPT_AS = {"JPEG": "JPEG", "WEBP": "WEBP"}


class Content(NamedTuple):
    """Bytes and what they are."""

    data: bytes
    media_type: str


def recognise(data: bytes, name: str) -> Content:
    """What a file is by its content, in the form in which it is kept; raises Invalid."""
    if data.startswith(b"%PDF-"):
        return Content(data, "application/pdf")
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - slow to load

    try:
        with Image.open(BytesIO(data), formats=FORMATS) as picture:
            return _picture(picture)
    except UnidentifiedImageError:
        return _text(data, name)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise Invalid(_("This picture is damaged or too large.")) from error


def _picture(picture: "Image.Image") -> Content:
    """The picture alone, upright: EXIF (where and by which phone it was taken) does not come."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - slow to load

    if picture.width * picture.height > MAX_PIXELS:
        raise ValueError
    kept_as = KEPT_AS.get(picture.format or "", "PNG")
    upright = ImageOps.exif_transpose(picture)
    plain = upright.convert("RGB" if kept_as == "JPEG" else "RGBA")
    plain.thumbnail((MAX_SIDE, MAX_SIDE))
    bare = Image.frombytes(plain.mode, plain.size, plain.tobytes())
    out = BytesIO()
    bare.save(out, kept_as, quality=85, optimize=True)
    return Content(out.getvalue(), f"image/{kept_as.lower()}")


def _text(data: bytes, name: str) -> Content:
    kind = "csv" if name.lower().endswith(".csv") else "plain"
    for charset in ("utf-8", "gb18030"):  # spreadsheets in China still write the second
        try:
            text = data.decode(charset)
        except UnicodeDecodeError:
            continue
        if not any(sign < " " and sign not in "\t\n\r\f" for sign in text):
            return Content(data, f"text/{kind}; charset={charset}")
    raise Invalid(_("Only pictures (JPEG, PNG, WebP, GIF), PDF and plain text can be attached."))
