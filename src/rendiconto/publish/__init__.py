"""What happens to a report once it is built: for now, looking at its site."""

from rendiconto.publish.serving import serve_folder

__all__ = ["serve_folder"]
