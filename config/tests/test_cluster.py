import os
from unittest import mock

from config import cluster, packages, paths, postgres
from config.errors import TallerError
from config.process import User
from config.tests.folder import FolderCase

NOBODY = User("nobody", 65534, 65534)


class TestCluster(FolderCase):
    def cluster(self, home):
        return cluster.Cluster(home, self.folder / "bin", cluster.DURABLE)

    def test_its_socket_is_at_home(self):
        self.assertEqual(self.cluster(self.folder).socket, self.folder / "socket")

    def test_a_path_too_long_for_a_socket_is_avoided(self):
        long = self.folder / ("x" * 100)
        self.assertLess(len(str(self.cluster(long).socket)), cluster.LONGEST_SOCKET)
        self.assertNotEqual(self.cluster(long).socket, self.cluster(long / "y").socket)

    def test_it_listens_on_no_port_and_keeps_what_it_is_given(self):
        self.assertEqual(cluster.DURABLE["listen_addresses"], "")
        self.assertNotIn("fsync", cluster.DURABLE)

    def test_the_state_folder_is_its_place(self):
        here = paths.Paths(self.folder, self.folder)
        self.assertEqual(cluster.place(here, None), here.state)

    def test_for_root_in_a_closed_folder_it_goes_where_the_other_account_can_go(self):
        here = paths.Paths(self.folder, self.folder)
        self.folder.chmod(0o700)
        self.assertEqual(cluster.place(here, NOBODY).parent, cluster.SHARED)
        self.folder.chmod(0o755)
        with mock.patch.object(type(self.folder), "parents", []):
            self.assertEqual(cluster.place(here, NOBODY), here.state)

    def test_a_cluster_of_a_version_that_is_gone(self):
        self.write("data/PG_VERSION", "9\n")
        with (
            mock.patch.object(packages, "postgres_programs", return_value=self.folder),
            mock.patch.object(cluster, "_major", return_value=15),
            self.assertRaisesRegex(TallerError, "made by PostgreSQL 9, .* install postgresql-9"),
        ):
            cluster.programs(self.folder / "data")

    def test_a_folder_of_another_user_is_refused(self):
        self.folder.chmod(0o755)
        with (
            mock.patch("os.geteuid", return_value=os.geteuid() + 1),
            self.assertRaisesRegex(TallerError, "belongs to another user"),
        ):
            self.cluster(self.folder)._own(self.folder)

    def test_quotes_in_a_setting(self):
        self.assertEqual(cluster._settings({"a": "it's"}), "a = 'it''s'\n")


class TestServerOfTheUser(FolderCase):
    def test_it_is_wanted_when_the_variables_name_it(self):
        self.assertFalse(postgres.wanted_by_user({"PGUSER": "me", "PGHOST": ""}))
        self.assertTrue(postgres.wanted_by_user({"PGHOST": "db.example.com"}))
        self.assertTrue(postgres.wanted_by_user({"PGPORT": "5433"}))

    def test_one_that_does_not_answer(self):
        if packages.postgres_programs() is None:
            self.fail("this test needs PostgreSQL's programs")
        with self.assertRaisesRegex(TallerError, r"\(PGHOST=.*, PGUSER=me\) does not let us in"):
            postgres.of_user({"PGHOST": str(self.folder), "PGUSER": "me", "PGPASSWORD": "secret"})

    def test_odoo_does_not_work_as_postgres(self):
        with self.assertRaisesRegex(TallerError, "create another role"):
            postgres.of_user({"PGHOST": str(self.folder), "PGUSER": "postgres"})

    def test_an_old_server(self):
        with self.assertRaisesRegex(TallerError, "needs PostgreSQL 13 or newer, this is 12"):
            postgres.check_version(12)
