// Samples that are images; samples.js says what a look is.
"use strict";

const look = {
  small: (canvas, sample) => paint(canvas, sample, shape),
  large: (sample) => paint(byId("view"), sample, shape),
  begin() {
    byId("save").addEventListener("click", () => save(byId("view"), "sample.png"));
    byId("save-all").addEventListener("click", () => {
      const [height, width] = shape, sheet = document.createElement("canvas");
      sheet.width = 4 * width;
      sheet.height = 3 * height;
      canvases().forEach((canvas, place) => {
        sheet.getContext("2d").drawImage(canvas, place % 4 * width, Math.floor(place / 4) * height);
      });
      save(sheet, "samples.png");
    });
  },
};
