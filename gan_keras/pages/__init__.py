"""Pages for people: what a run's files say, in one file that opens anywhere.

report       one HTML file on a run, or on several side by side
card         a model card in Markdown
certificate  what a fake table is worth and whom it gives away; image_certificate, of images
page         the generator itself, in one HTML file, to play with
judging      blind pages for people, and what their answers say (a folder)

explorer/    what that page holds, for each sort of sample
engine       runs a network inside a page (a folder)
document     one HTML file that asks nobody for anything; page.css is its look
plain_page   a simple page as Markdown and as HTML, for cards and certificates
markup       HTML in which nothing that came from outside is markup
facts        what the files of a run say
samples      the grids of samples, as many as a page can carry
curves       numbers over epochs as SVG
next_steps   what to type next
"""

from gan_keras.pages.card import card
from gan_keras.pages.certificate import certificate
from gan_keras.pages.image_certificate import image_certificate
from gan_keras.pages.page import page
from gan_keras.pages.report import report

__all__ = ["card", "certificate", "image_certificate", "page", "report"]
