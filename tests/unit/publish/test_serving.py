import socket
import threading
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from rendiconto.errors import RendicontoError
from rendiconto.publish.serving import find_site, make_server


def site(folder: Path) -> Path:
    (folder / "massa-carrara-2024" / "site").mkdir(parents=True)
    (folder / "massa-carrara-2024" / "site" / "index.html").write_text("<p>ciao</p>")
    (folder / "secret.txt").write_text("secret")
    return folder


def test_the_site_is_found_from_the_folders_above_it(tmp_path: Path) -> None:
    report = site(tmp_path) / "massa-carrara-2024"
    assert find_site(tmp_path) == find_site(report) == find_site(report / "site") == report / "site"
    whole = tmp_path / "sito-2024"
    whole.mkdir()
    (whole / "index.html").write_text("tutti", encoding="utf-8")
    assert find_site(tmp_path) == find_site(whole) == whole, "the site of all territories before one report's"


def test_only_the_site_is_served_and_only_here(tmp_path: Path) -> None:
    with make_server(site(tmp_path), 0) as server:
        assert server.server_address[0] == "127.0.0.1"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        with urllib.request.urlopen(f"{address}/index.html") as answer:
            assert answer.read() == b"<p>ciao</p>"
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(f"{address}/..%2f..%2fsecret.txt")
        caught.value.close()
        server.shutdown()


def test_a_taken_port_is_explained(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(RendicontoError, match="cannot listen"):
            make_server(site(tmp_path), taken.getsockname()[1])
