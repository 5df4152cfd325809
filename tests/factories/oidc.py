"""A single sign-on on this machine: a small OpenID Connect server with keys of its own.

It speaks the protocol over HTTP: discovery, keys, authorisation, token with PKCE, user info. What
it vouches for, and how it misbehaves, is set by the test.
"""

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "dakehu", "a shared secret"
KEY_NAME = "first"


class SingleSignOn:
    """The server; it runs until it is closed."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.told: dict[str, Any] = {"sub": "4711", "preferred_username": "manager"}
        self.user_info: dict[str, Any] | None = None
        # Claims of the token that a test spoils, and how it is signed.
        self.spoiled: dict[str, Any] = {}
        self.sign = self.sign_well
        self.asked: dict[str, dict[str, str]] = {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler_for(self))
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Stop serving."""
        self.server.shutdown()
        self.server.server_close()

    def configuration(self) -> dict[str, Any]:
        """Return what discovery tells."""
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self) -> dict[str, Any]:
        """Return the public key."""
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": KEY_NAME, "use": "sig", "alg": "RS256"}]}

    def authorize(self, query: dict[str, str]) -> str:
        """Let the person at the browser in, and return where the browser goes on."""
        code = f"code-{len(self.asked)}"
        self.asked[code] = query
        back = urlencode({"code": code, "state": query["state"]})
        return f"{query['redirect_uri']}?{back}"

    def token(self, form: dict[str, str]) -> dict[str, Any] | None:
        """Return the tokens for a code, once, to the client that can prove it asked for it."""
        asked = self.asked.pop(form.get("code", ""), None)
        if asked is None or form.get("client_secret") != SECRET:
            return None
        proof = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(proof).rstrip(b"=").decode() != asked["code_challenge"]:
            return None
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300}
        token = self.sign({**claims, **self.told, **self.spoiled})
        return {"access_token": "access", "token_type": "Bearer", "id_token": token}

    def sign_well(self, claims: dict[str, Any]) -> str:
        """Sign with the key that everybody can verify."""
        return jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": KEY_NAME})

    def sign_with_other_key(self, claims: dict[str, Any]) -> str:
        """Sign with a key that is not the server's, under its name."""
        other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        return jwt.encode(claims, other, algorithm="RS256", headers={"kid": KEY_NAME})

    def sign_not(self, claims: dict[str, Any]) -> str:
        """Do not sign."""
        return jwt.encode(claims, None, algorithm="none", headers={"kid": KEY_NAME})

    def sign_with_shared_secret(self, claims: dict[str, Any]) -> str:
        """Sign with what the client knows as well, as somebody might who stole the secret."""
        padded = SECRET.ljust(32, "x")
        return jwt.encode(claims, padded, algorithm="HS256", headers={"kid": KEY_NAME})


def handler_for(site: SingleSignOn) -> type[BaseHTTPRequestHandler]:
    """Return what answers the requests of one server."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(url.query).items()}
            if url.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", site.authorize(query))
                self.end_headers()
                return
            answers = {
                "/.well-known/openid-configuration": site.configuration,
                "/keys": site.keys,
                "/userinfo": lambda: site.user_info or site.told,
            }
            self.answer(answers[url.path]())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self.answer(site.token(form))

        def answer(self, told: Any) -> None:
            body = json.dumps(told or {"error": "invalid_grant"}).encode()
            self.send_response(200 if told else 400)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: Any) -> None:
            """Say nothing."""

    return Handler
