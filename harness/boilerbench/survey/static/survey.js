// The colours of the system: the style sheet's dark ones hang on a class.

const dark = matchMedia("(prefers-color-scheme: dark)");
const apply = () => document.documentElement.classList.toggle("dark", dark.matches);
dark.addEventListener("change", apply);
apply();
