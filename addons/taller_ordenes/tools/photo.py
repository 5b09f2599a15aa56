"""Photos as they come from phones, brought to one safe form. Plain Python, without Odoo."""

import io

from PIL import Image, ImageOps, JpegImagePlugin, PngImagePlugin, UnidentifiedImageError, WebPImagePlugin

PLUGINS = (
    JpegImagePlugin.JpegImageFile,
    PngImagePlugin.PngImageFile,
    WebPImagePlugin.WebPImageFile,
)
MAX_BYTES = 15_000_000
MAX_PIXELS = 60_000_000
MAX_SIDE = 1920
# Named by their plugins: Odoo keeps Pillow from loading others by itself.
FORMATS = tuple(plugin.format for plugin in PLUGINS)
QUALITY = 85


class NotAPhotoError(ValueError):
    """The content is no picture of a kind we take, whatever its name says."""


class PhotoTooLargeError(ValueError):
    """The file or the picture in it is larger than any photo that is of use."""


def to_jpeg(data, max_side=MAX_SIDE):
    """The picture as upright JPEG of at most `max_side` pixels a side, without place and camera in it.

    :param bytes data: a JPEG, PNG or WebP file; one that is in this form already comes back as it is
    :raise NotAPhotoError: it is none of these, or is damaged
    :raise PhotoTooLargeError: more than `MAX_BYTES`, or `MAX_PIXELS`
    """
    if len(data) > MAX_BYTES:
        raise PhotoTooLargeError
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
        too_large = image.width * image.height > MAX_PIXELS
        if not too_large:
            image.load()
    except Image.DecompressionBombError as error:
        raise PhotoTooLargeError from error
    except (OSError, SyntaxError, UnidentifiedImageError, ValueError) as error:
        raise NotAPhotoError from error
    if too_large:
        raise PhotoTooLargeError
    if image.format == "JPEG" and max(image.size) <= max_side and not image.getexif():
        return data
    image = ImageOps.exif_transpose(image)
    image.thumbnail((max_side, max_side))
    result = io.BytesIO()
    _flatten(image).save(result, "JPEG", quality=QUALITY, optimize=True)
    return result.getvalue()


def _flatten(image):
    """The picture in plain colours; what was transparent is white."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(ground, image)
    return image.convert("RGB")
