// The three widths that every page must fit.
export const WIDE = { width: 1280, height: 900 };
export const PHONE = { width: 360, height: 800 };
export const SMALLEST = { width: 320, height: 800 };
