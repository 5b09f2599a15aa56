import http.server
import os
import signal
import socket
import subprocess
import sys
import threading
import time

from config import lock, paths, process, progress, server
from config.errors import TallerError
from config.tests.folder import FolderCase


class Answer(http.server.BaseHTTPRequestHandler):
    status = 200

    def do_GET(self):
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, *_words):
        pass


class Failing(Answer):
    status = 500


class TestServer(FolderCase):
    def setUp(self):
        super().setUp()
        self.paths = paths.Paths(self.folder, self.folder / "cache")
        self.paths.state.mkdir()

    def serve(self, handler):
        listener = http.server.HTTPServer((server.HOST, 0), handler)
        threading.Thread(target=listener.serve_forever, daemon=True).start()
        self.addCleanup(listener.server_close)
        self.addCleanup(listener.shutdown)
        return server.Server(os.getpid(), listener.server_port)

    def stand_in(self):
        """A process that looks like our server: it has our configuration on its command line."""
        code = "import time; print(flush=True); time.sleep(60)"
        command = [sys.executable, "-c", code, str(self.paths.state / "odoo.conf")]
        child = subprocess.Popen(command, stdout=subprocess.PIPE)
        self.addCleanup(child.stdout.close)
        child.stdout.readline()
        self.addCleanup(child.wait)
        self.addCleanup(child.kill)
        return child

    def test_a_taken_port_is_passed_over(self):
        with socket.socket() as taken:
            taken.bind((server.HOST, 0))
            taken.listen()
            port = taken.getsockname()[1]
            self.assertGreater(server.free_port(port), port)

    def test_no_port_is_left(self):
        with socket.socket() as taken:
            taken.bind((server.HOST, 0))
            taken.listen()
            with self.assertRaisesRegex(TallerError, "are all taken"):
                server.free_port(taken.getsockname()[1], tries=1)

    def test_a_page_that_opens_and_one_that_fails(self):
        self.assertTrue(server.answers(self.serve(Answer)))
        self.assertFalse(server.answers(self.serve(Failing)))

    def test_nothing_runs_before_the_first_start(self):
        self.assertIsNone(server.running(self.paths))
        self.assertFalse(server.stop(self.paths))

    def test_a_process_id_that_now_belongs_to_another_is_left_alone(self):
        server.mark(self.paths, os.getpid(), 8069)
        self.assertIsNone(server.running(self.paths))
        server.stop(self.paths)

    def test_a_damaged_mark_means_nothing(self):
        self.write(".taller/server.pid", "nonsense")
        self.assertIsNone(server.running(self.paths))

    def test_our_server_is_recognised_and_stopped(self):
        child = self.stand_in()
        server.mark(self.paths, child.pid, 8069)
        self.assertEqual(server.running(self.paths), server.Server(child.pid, 8069))
        self.assertTrue(server.stop(self.paths))
        self.assertIsNone(server.running(self.paths))

    def test_a_server_that_dies_at_once_is_reported_with_what_it_said(self):
        command = [sys.executable, "-c", "print('the port is taken'); raise SystemExit(1)"]
        with self.assertRaisesRegex(TallerError, "(?s)does not start.*the port is taken"):
            server.start(self.paths, command, dict(os.environ), 1)


class TestProcess(FolderCase):
    def test_a_failure_is_a_sentence_and_the_end_of_what_was_said(self):
        with self.assertRaisesRegex(TallerError, "^It broke:\nbecause$"):
            process.run([sys.executable, "-c", "print('because'); raise SystemExit(3)"], check="It broke:")

    def test_a_program_that_is_not_there(self):
        with self.assertRaisesRegex(TallerError, "no-such-program is not installed"):
            process.run(["no-such-program"])

    def test_lines_are_followed_and_kept(self):
        seen, log = [], self.folder / "log"
        code = "import sys; print('one'); print('two', file=sys.stderr); raise SystemExit(4)"
        status, output = process.follow([sys.executable, "-uc", code], seen.append, log=log)
        self.assertEqual((status, seen, output), (4, ["one", "two"], "one\ntwo\n"))
        self.assertEqual(log.read_text(), output)

    def test_an_interruption_stops_what_was_started(self):
        def interrupt(line):
            self.child = int(line)
            raise KeyboardInterrupt

        code = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
        with self.assertRaises(KeyboardInterrupt):
            process.follow([sys.executable, "-c", code], interrupt)
        self.assertFalse(os.path.exists(f"/proc/{self.child}"))

    def test_what_was_started_dies_with_a_launcher_that_is_killed(self):
        inner = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
        outer = (
            f"import sys; sys.path.insert(0, {os.getcwd()!r})\nfrom config import process\n"
            f"process.follow([sys.executable, '-c', {inner!r}], lambda line: print(line, flush=True))"
        )
        launcher = subprocess.Popen([sys.executable, "-c", outer], stdout=subprocess.PIPE, text=True)
        self.addCleanup(launcher.stdout.close)
        child = int(launcher.stdout.readline())
        launcher.kill()
        launcher.wait()
        deadline = time.monotonic() + 10
        while os.path.exists(f"/proc/{child}") and time.monotonic() < deadline:
            time.sleep(0.05)
        self.assertFalse(os.path.exists(f"/proc/{child}"))


class TestLock(FolderCase):
    def test_a_second_one_waits_until_the_first_is_gone(self):
        code = (
            f"import sys; sys.path.insert(0, {os.getcwd()!r})\n"
            "from pathlib import Path\nfrom config.lock import lock\n"
            f"with lock(Path({str(self.folder)!r}), 'testing'): print('mine', flush=True)"
        )
        with lock.lock(self.folder, "testing"):
            child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
            self.addCleanup(child.stdout.close)
            self.assertIn("waiting", child.stdout.readline())
        self.assertEqual(child.stdout.readline(), "mine\n")
        self.assertEqual(child.wait(), 0)

    def test_the_lock_of_a_killed_one_is_free(self):
        code = (
            f"import sys, time; sys.path.insert(0, {os.getcwd()!r})\n"
            "from pathlib import Path\nfrom config.lock import lock\n"
            f"with lock(Path({str(self.folder)!r}), 'testing'): print('mine', flush=True); time.sleep(60)"
        )
        child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        self.addCleanup(child.stdout.close)
        child.stdout.readline()
        child.send_signal(signal.SIGKILL)
        child.wait()
        with lock.lock(self.folder, "testing"):
            pass


class TestProgress(FolderCase):
    def test_numbers_are_easy_to_read(self):
        self.assertEqual(progress.duration(75.4), "1 min 15 s")
        self.assertEqual(progress.duration(9), "9 s")
        self.assertEqual(progress.size(999), "999 bytes")
        self.assertEqual(progress.size(122_871_904), "123 MB")
        self.assertEqual(progress.size(2_500_000_000), "2.5 GB")
