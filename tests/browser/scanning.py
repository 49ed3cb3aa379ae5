"""Reads QR codes from what a browser shows, as the camera of a phone would."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Final

import zxingcpp

if TYPE_CHECKING:
    from playwright.sync_api import Page

# The browser itself turns its picture into shades of grey, one byte a pixel.
TO_GREY: Final = """async (png) => {
  const bytes = Uint8Array.from(atob(png), (one) => one.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const { width, height } = picture;
  const pen = new OffscreenCanvas(width, height).getContext('2d');
  pen.drawImage(picture, 0, 0);
  const pixels = pen.getImageData(0, 0, width, height).data;
  const grey = new Uint8Array(width * height);
  for (let at = 0; at < grey.length; at += 1) grey[at] = (pixels[4 * at] + pixels[4 * at + 1] + pixels[4 * at + 2]) / 3;
  let text = '';
  for (let at = 0; at < grey.length; at += 8192) text += String.fromCharCode(...grey.subarray(at, at + 8192));
  return { width, height, grey: btoa(text) };
}"""


def codes_in(png: bytes, page: Page) -> list[str]:
    """Return the texts of the QR codes in a picture, sorted; `page` is any page whose scripts may run."""
    picture = page.evaluate(TO_GREY, base64.b64encode(png).decode())
    grey = memoryview(base64.b64decode(picture["grey"])).cast("B", shape=[picture["height"], picture["width"]])
    return sorted(found.text for found in zxingcpp.read_barcodes(grey))
