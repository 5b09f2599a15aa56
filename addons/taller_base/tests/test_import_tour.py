from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestImportTour(HttpCase):
    def test_reception_imports_customers_and_reads_why_rows_are_left_out(self):
        user = new_test_user(
            self.env,
            login="test_import_reception",
            groups="taller_base.taller_base_group_reception",
        )
        self.env.company.country_id = self.env.ref("base.gt")
        before = self.env["res.partner"].search_count([("customer_rank", ">", 0)])
        self.start_tour("/odoo/taller-customers", "taller_base_import_customers", login=user.login)
        self.assertEqual(self.env["res.partner"].search_count([("customer_rank", ">", 0)]), before + 3)
