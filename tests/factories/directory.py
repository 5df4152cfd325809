"""A directory server (OpenLDAP's slapd) on this machine, with people in it."""

import shutil
import socket
import subprocess
import time
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.utils import timezone

SLAPD = shutil.which("slapd", path="/usr/sbin:/usr/local/sbin:/usr/bin")
SCHEMAS = Path("/etc/ldap/schema")
MODULES = Path("/usr/lib/ldap")
SUFFIX = "dc=example,dc=com"
BASE = f"ou=客户服务部,{SUFFIX}"
PASSWORD = "Jia-Nan-2026"
PATIENCE_SECONDS = 10

CONFIGURATION = """\
include {schemas}/core.schema
include {schemas}/cosine.schema
include {schemas}/inetorgperson.schema
modulepath {modules}
moduleload back_mdb
TLSCertificateFile {folder}/server.pem
TLSCertificateKeyFile {folder}/server.key
security simple_bind=128
database mdb
suffix "{suffix}"
directory {folder}/data
"""


@dataclass
class Directory:
    """The server: where it is reached, in which file its certificate lies, and its process."""

    folder: Path
    port: int = field(default_factory=lambda: free_port())
    safe_port: int = field(default_factory=lambda: free_port())
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it speaks in plain until StartTLS."""
        return f"ldap://localhost:{self.port}"

    @property
    def safe_url(self) -> str:
        """Where it speaks TLS from the first byte."""
        return f"ldaps://localhost:{self.safe_port}"

    @property
    def certificate(self) -> str:
        """The file by which it is known."""
        return str(self.folder / "server.pem")

    def start(self, names: list[str]) -> None:
        """Fill it with people of these names, start it, and wait until it answers."""
        (self.folder / "data").mkdir()
        make_certificate(self.folder)
        settings = {"schemas": SCHEMAS, "modules": MODULES, "suffix": SUFFIX}
        configuration = self.folder / "slapd.conf"
        configuration.write_text(CONFIGURATION.format(folder=self.folder, **settings), "utf-8")
        people = self.folder / "people.ldif"
        people.write_text(entries(names), "utf-8")
        at = ["-f", str(configuration)]
        subprocess.run([SLAPD, "-Tadd", *at, "-l", str(people)], check=True, capture_output=True)
        places = f"ldap://127.0.0.1:{self.port}/ ldaps://127.0.0.1:{self.safe_port}/"
        log = (self.folder / "log").open("wb")
        self.process = subprocess.Popen(
            [SLAPD, *at, "-h", places, "-d", "0"], stdout=log, stderr=log
        )
        log.close()
        wait_for(self.port)

    def stop(self) -> None:
        """End it."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(PATIENCE_SECONDS)


def entries(names: list[str]) -> str:
    """Return the unit and its people as LDIF, each with the same password."""
    heads = [
        f"dn: {SUFFIX}\nobjectClass: dcObject\nobjectClass: organization\no: 示例\ndc: example\n",
        f"dn: {BASE}\nobjectClass: organizationalUnit\nou: 客户服务部\n",
    ]
    people = [
        f"dn: uid={name},{BASE}\nobjectClass: inetOrgPerson\nuid: {name}\ncn: {name}\n"
        f"sn: 王\nuserPassword: {PASSWORD}\n"
        for name in names
    ]
    return "\n".join([*heads, *people])


def make_certificate(folder: Path) -> None:
    """Write a key and a certificate for ``localhost`` that vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = timezone.now()
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "server.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "server.key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


def free_port() -> int:
    """Return a port of this machine that nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(port: int) -> None:
    """Wait until somebody listens at a port."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return
