#!/usr/bin/python3
"""What packaging/ ships for izde-searchd, each as its own program reads it."""
import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
BINARIES = None


def settings(unit):
    return dict(re.findall(r"^(\w+)=(.*)$", (PACKAGING / unit).read_text(), re.M))


class Packaging(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="izde-packaging-")
        self.addCleanup(folder.cleanup)
        self.place = pathlib.Path(folder.name)

    def check_config(self, text):
        file = self.place / "izde.toml"
        file.write_text(text)
        return subprocess.run([BINARIES / "izde-searchd", "--check-config", "--config", file], capture_output=True, text=True)

    def test_nginx_takes_its_example(self):
        certificate, key = self.place / "c.pem", self.place / "k.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate,
                        "-days", "2", "-subj", "/CN=search.example.org"], check=True, capture_output=True)
        example = (PACKAGING / "nginx.conf").read_text()
        example = re.sub(r"/etc/ssl/\S+\.pem", str(certificate), re.sub(r"/etc/ssl/\S+\.key", str(key), example))
        (self.place / "site.conf").write_text(example)
        (self.place / "nginx.conf").write_text(
            f"error_log stderr; pid {self.place}/pid; events {{}}\nhttp {{ access_log off; include {self.place}/site.conf; }}\n")
        nginx = shutil.which("nginx", path="/usr/sbin:/usr/bin:/sbin:/bin")
        done = subprocess.run([nginx, "-t", "-q", "-p", self.place, "-c", self.place / "nginx.conf"], capture_output=True,
                              text=True)
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_the_settings_that_proxies_need_are_taken(self):
        for example in ["nginx.conf", "Caddyfile"]:
            wanted = re.findall(r"^#   (\w+ = .*)$", (PACKAGING / example).read_text(), re.M)
            self.assertEqual(len(wanted), 2)
            done = self.check_config('index = "i"\n[searchd]\n' + "\n".join(wanted))
            self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_both_examples_keep_the_figures_to_the_machine(self):
        self.assertRegex((PACKAGING / "nginx.conf").read_text(), r"location = /metrics \{\s+deny all;")
        self.assertIn("respond /metrics 403", (PACKAGING / "Caddyfile").read_text())

    def test_service_socket_and_configuration_mean_the_same_address(self):
        listen = re.search(r'^#listen = "(.*)"', (PACKAGING / "izde.toml").read_text(), re.M)[1]
        self.assertEqual(settings("izde-searchd.socket")["ListenStream"], listen)
        self.assertIn("--config /etc/izde/izde.toml", settings("izde-searchd.service")["ExecStart"])

    def test_systemd_understands_every_line_of_the_units(self):
        for unit in ["izde-searchd.service", "izde-searchd.socket", "izde-indexer.service", "izde-indexer.timer"]:
            text = (PACKAGING / unit).read_text()
            (self.place / unit).write_text(text.replace("/usr/local/bin/", "/bin/true #"))
        done = subprocess.run(["systemd-analyze", "verify", "--man=no", "--recursive-errors=no",
                               *map(str, sorted(self.place.glob("izde-*")))], capture_output=True, text=True)
        wrong = [line for line in done.stderr.splitlines() if re.search(r"izde-.*(Unknown|Failed to parse|Invalid)", line)]
        self.assertEqual(wrong, [])

    def test_the_shipped_configuration_is_fine(self):
        done = self.check_config((PACKAGING / "izde.toml").read_text())
        self.assertEqual((done.returncode, done.stderr), (0, ""))


def main():
    global BINARIES
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", type=pathlib.Path, required=True)
    arguments, rest = parser.parse_known_args()
    BINARIES = arguments.bin.resolve()
    unittest.main(argv=[sys.argv[0], *rest])


if __name__ == "__main__":
    main()
