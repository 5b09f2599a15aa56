"""What a customer is shown of an estimate, as plain data, and its fingerprint.

Plain Python, without Odoo: what was shown yesterday must be told from what is there today.
"""

import hashlib
import json


def get_digest(content):
    """SHA-256, in hexadecimal, of the content in its one canonical spelling."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def get_missing_decisions(content, decisions):
    """Names of the jobs shown in `content` on which `decisions`, {job id: …}, say nothing."""
    return [job["name"] for job in content["jobs"] if job["id"] not in decisions]


def get_unknown_decisions(content, decisions):
    """Ids in `decisions` that are no jobs shown in `content`."""
    return sorted(set(decisions) - {job["id"] for job in content["jobs"]})
