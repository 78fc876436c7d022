"""A Python callable as an extractor: a function, a class, or a factory, named or handed over."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import inspect
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from boilerbench.errors import InputError
from boilerbench.extractors.adapter import ADAPTERS_FOLDER, Adapter
from boilerbench.extractors.custom import is_installed
from boilerbench.extractors.spec import Option, parse_options, write_options

_ADAPTER = ADAPTERS_FOLDER / "_python_callable.py"


def python_callable(text: str) -> Adapter:
    """Return the callable behind ``py:module:callable?option=value``.

    The module is looked for in the current folder, then as Python itself would import it. It is not imported
    here, but by a worker.

    Raises:
        InputError: there is no such module, or it is not written so.
    """
    written, question, given = text.partition("?")
    module, _, attribute = written.partition(":")
    if not module or not attribute:
        raise InputError(f"extractor 'py:{text}' cannot be read; write py:module:callable")
    options = dict(parse_options(f"py:{text}", given)) if question else {}
    file = module_file(module)
    if file is None:
        raise InputError(
            f"extractor py:{text}: there is no module {module} here; run where it can be imported"
        )
    name = f"py:{written}{write_options(tuple(sorted(options.items())))}"
    return _callable(name, module, attribute, file, options)


def given_callable(function: Callable[..., Any]) -> Adapter:
    """Return the extractor that a Python callable is: a worker imports it by its name.

    A function of the script that is being run is imported from that file, under another name than
    ``__main__``, so that what stands under ``if __name__ == "__main__":`` is not run again.

    Raises:
        InputError: it cannot be imported by its name, as a lambda, a nested function or one that was typed
            into an interactive session.
    """
    module = getattr(function, "__module__", None) or type(function).__module__
    attribute = getattr(function, "__qualname__", "")
    shown = attribute or repr(function)
    if not callable(function):
        raise InputError(f"extractor {function!r} is neither a spec nor a callable")
    if not attribute or "<" in attribute or inspect.ismethod(function):
        raise InputError(
            f"extractor {shown}: a worker cannot import it by its name; "
            "define it with def at the top of a module"
        )
    if module != "__main__":
        file = module_file(module)
        if file is None:
            raise InputError(
                f"extractor {shown}: there is no file of module {module} that a worker can import"
            )
        return _callable(f"py:{module}:{attribute}", module, attribute, file, {})
    script = getattr(sys.modules["__main__"], "__file__", None)
    if script is None or not Path(script).is_file():
        raise InputError(
            f"extractor {shown}: it was defined in an interactive session, where no worker can import it; "
            "put it into a module"
        )
    file = Path(script).absolute()
    return _callable(f"py:{file.stem}:{attribute}", file.stem, attribute, file, {})


def module_file(module: str) -> Path | None:
    """Return the file of a module, found as Python would from the current folder, or None.

    No package of it is imported; import hooks, as those of editable installations, are asked.
    """
    first, *parts = module.split(".")
    # A file may be younger than what the import system remembers of its folder.
    importlib.invalidate_caches()
    spec = importlib.machinery.PathFinder.find_spec(first, [str(Path.cwd())])
    if spec is None or (spec.origin is None and not spec.submodule_search_locations):
        try:
            spec = importlib.util.find_spec(first)
        except (ImportError, ValueError):
            # Python's own ``__main__`` has no spec.
            return None
    for part in parts:
        if spec is None or spec.submodule_search_locations is None:
            return None
        # By its own name alone: with its package's, that would have to be imported.
        spec = importlib.machinery.PathFinder.find_spec(part, list(spec.submodule_search_locations))
    if spec is None or spec.origin is None or not Path(spec.origin).is_file():
        return None
    return Path(spec.origin)


def _callable(name: str, module: str, attribute: str, file: Path, options: dict[str, Option]) -> Adapter:
    top, folder = _top(module, file)
    given: dict[str, Any] = {
        "module": module,
        "attribute": attribute,
        "folder": str(folder),
        "options": options,
    }
    # Among what is installed, only the package itself is the extractor's.
    source = top if is_installed(file) else folder
    return Adapter(name, "", _ADAPTER, given, sources=(source,))


def _top(module: str, file: Path) -> tuple[Path, Path]:
    """Return the file or folder of a module's top-level package, and the folder that it is imported from."""
    levels = module.count(".") + (file.stem == "__init__")
    top = file
    for _ in range(levels):
        top = top.parent
    if levels == 0:
        return file, file.parent
    return top, top.parent
