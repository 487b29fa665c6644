"""Text drawn into pictures, in every script of the site: letters joined, in the right order, broken into lines.

Nothing of the machine takes part: fonts, shaping and bidirectional order come with the project, so that an Arabic
title looks the same everywhere. Pillow's own text drawing does neither where the system has no FriBidi.
"""
