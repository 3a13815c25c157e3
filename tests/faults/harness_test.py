#!/usr/bin/env python3
"""What the fault tests themselves hang on."""
import os
import tempfile
import types
import unittest
from unittest import mock

import disk
import harness
import traced
import tree


class Scratch(unittest.TestCase):
    def test_a_folder_of_any_depth_is_gone_afterwards(self):
        with harness.scratch() as work:
            tree.deep(work, 1500, "deep.txt", b"text")
        self.assertFalse(os.path.lexists(work))

    def test_it_is_gone_after_an_error_too(self):
        with self.assertRaises(OSError), harness.scratch() as work:
            tree.deep(work, 1500, "deep.txt", b"text")
            raise OSError("no space left")
        self.assertFalse(os.path.lexists(work))

    def test_nothing_is_left_of_a_tree_that_could_not_be_made_whole(self):
        with tempfile.TemporaryDirectory() as work:
            bench = types.SimpleNamespace(seed=1, size=lambda small, full: 10)
            with mock.patch.object(tree, "deep", side_effect=OSError("no space left")), self.assertRaises(OSError):
                tree.Hazards(bench, work)
            self.assertEqual(["outside"], os.listdir(work))
            with open("/proc/mounts", encoding="utf-8", errors="replace") as mounted:
                self.assertNotIn(work, mounted.read())


class Traced(unittest.TestCase):
    def test_a_call_that_another_thread_cut_in_two_is_told_as_one(self):
        with tempfile.NamedTemporaryFile("w", suffix=".log") as log:
            log.write("7 write(4<pipe:[99]>, \"x\", 16 <unfinished ...>\n"
                      "8 write(5</tmp/index/file>, \"y\", 1) = -1 ENOSPC (No space left on device) (INJECTED)\n"
                      "7 <... write resumed>)          = -1 ENOSPC (No space left on device) (INJECTED)\n")
            log.flush()
            hit = traced.struck(log.name)
        self.assertEqual(2, len(hit))
        self.assertEqual([False, True], [bool(disk.is_the_sanitizers(line)) for line in hit])


if __name__ == "__main__":
    unittest.main()
