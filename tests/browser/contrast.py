"""How well a text stands out from what is below it."""

# The contrast of an element's text with all the grounds below it.
CONTRAST = """selector => {
    const node = document.querySelector(selector);
    const grounds = [];
    for (let each = node; each; each = each.parentElement)
        grounds.unshift(getComputedStyle(each).backgroundColor);
    const canvas = document.createElement("canvas").getContext("2d");
    const paint = (colours) => {
        for (const colour of colours) {
            canvas.fillStyle = colour;
            canvas.fillRect(0, 0, 1, 1);
        }
        const linear = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((value) => {
            const c = value / 255;
            return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    };
    const below = paint(["white", ...grounds]);
    const text = paint([getComputedStyle(node).color]);
    return (Math.max(below, text) + 0.05) / (Math.min(below, text) + 0.05);
}"""
