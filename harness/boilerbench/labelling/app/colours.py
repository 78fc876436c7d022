"""A colour for every label: greens for body, yellows for what is optional, blues to reds for boilerplate."""

from __future__ import annotations

from boilerbench.labelling.annotated_html import LABEL_ATTRIBUTE
from boilerbench.policy import default_policy
from boilerbench.records import Role

_HUES = {Role.BODY: (95, 190), Role.OPTIONAL: (38, 62), Role.BOILERPLATE: (215, 375)}
"""The first and the last hue in degrees of the labels of each role."""
_REVEALED = (
    "display:revert!important;visibility:visible!important;max-height:none!important;height:auto!important;"
    "clip:auto!important;clip-path:none!important"
)
SHOWN = "data-shown-label"
"""The attribute by which the app says, in its own page and in the frame, which label a block has."""


def label_colours() -> dict[str, str]:
    """Return a CSS colour for each label; those of one role are neighbours."""
    colours = {}
    for role, (first, last) in _HUES.items():
        labels = default_policy().labels(role)
        for index, label in enumerate(labels):
            hue = first + (last - first) * index / max(1, len(labels) - 1)
            # Neighbours differ in lightness as well, for those who see hues alike.
            colours[label] = f"hsl({hue % 360:.0f} {70 if index % 2 else 85}% {38 if index % 2 else 52}%)"
    return colours


def label_sheet() -> str:
    """Return the style sheet that tints blocks by label and hatches those without one."""
    rules = [f'[{SHOWN}="{label}"]{{--label:{colour}}}' for label, colour in label_colours().items()]
    hatching = "repeating-linear-gradient(135deg,hsl(0 0% 50%/.28) 0 3px,transparent 3px 9px)"
    tint = "color-mix(in srgb,var(--label) 26%,transparent)"
    return "\n".join(
        [
            *rules,
            f"[{SHOWN}]{{background-image:linear-gradient({tint},{tint})!important}}",
            f'[{SHOWN}="?"]{{background-image:{hatching}!important}}',
            "[data-suggested]{outline:2px dotted var(--label)!important;outline-offset:-2px}",
            "[data-picked]{outline:3px solid hsl(210 100% 50%)!important;outline-offset:1px}",
            "[data-cursor]{outline:3px dashed hsl(210 100% 50%)!important;outline-offset:1px}",
            f"[{LABEL_ATTRIBUTE}][data-revealed]{{opacity:.55!important;filter:grayscale(1)}}",
            f"[data-revealed-around]{{{_REVEALED}}}",
        ]
    )
