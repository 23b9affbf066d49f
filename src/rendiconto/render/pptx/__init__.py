"""The presentation: a deck of wide slides, to be shown and to be worked on."""
