"""A server for looking at a built site on one's own machine: loopback only, nothing outside the folder."""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from rendiconto.errors import RendicontoError

_HOST = "127.0.0.1"


def find_site(folder: Path) -> Path:
    """The folder with the ``index.html``: the one given, its ``site``, the site of all territories, or a report's ``site``."""
    candidates = [folder, folder / "site", *sorted(folder.glob("sito-*"), reverse=True), *sorted(folder.glob("*/site"))]
    for candidate in candidates:
        if (candidate / "index.html").is_file():
            return candidate
    raise RendicontoError("there is no built site here", str(folder), "Build one: rendiconto build massa-carrara")


def make_server(folder: Path, port: int) -> ThreadingHTTPServer:
    """A server ready to run; port 0 takes a free one."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(find_site(folder)))
    try:
        return ThreadingHTTPServer((_HOST, port), handler)
    except OSError as error:
        raise RendicontoError(
            f"cannot listen on port {port}: {error.strerror}", todo="Choose another with --port, or 0 for a free one."
        ) from None


def serve_folder(folder: Path, port: int) -> None:
    """Serve until interrupted."""
    with make_server(folder, port) as server:
        print(f"http://{_HOST}:{server.server_port}/  (Ctrl-C to stop)", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()
