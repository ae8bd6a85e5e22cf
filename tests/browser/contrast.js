() => {
  // WCAG 2.2, 1.4.3: text against the nearest opaque ground, 4.5 to 1, or 3 to 1 if it is large.
  const numbers = (colour) => (colour.match(/[\d.]+/g) || []).map(Number);
  const light = (value) => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = ([red, green, blue]) => 0.2126 * light(red) + 0.7152 * light(green) + 0.0722 * light(blue);
  const ground = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const colour = numbers(getComputedStyle(each).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const own = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
  const seen = (element) => element.getClientRects().length && !element.closest(".hidden, .skip, option");
  const worse = [];
  for (const element of document.body.querySelectorAll("*")) {
    if (!own(element) || !seen(element)) continue;
    const style = getComputedStyle(element);
    const [one, two] = [luminance(numbers(style.color)), luminance(ground(element))].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (two + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) worse.push(`${ratio.toFixed(2)} ${element.outerHTML.slice(0, 90)}`);
  }
  return worse;
}
