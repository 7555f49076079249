"""Asks a host as administrators do from Linux: pywinrm and requests-kerberos, sealed over HTTP.

Debian's module kerberos cannot seal for WinRM, which requests-kerberos asks it to do; the class
below stands in for it, with MIT's own library behind it.
"""
import base64
import sys
import types

import gssapi
from gssapi.raw import IOV, IOVBufferType, unwrap_iov, wrap_iov


class Context:
    def __init__(self, service, flags):
        name = gssapi.Name(service, gssapi.NameType.hostbased_service)
        self.context = gssapi.SecurityContext(
            name=name, usage="initiate", flags=flags, mech=gssapi.MechType.kerberos)
        self.token = None


def init(service, gssflags=0, principal=None):
    return 1, Context(service, gssflags)


def step(context, token, channel_bindings=None):
    sent = base64.b64decode(token) if token else None
    context.token = context.context.step(sent)
    return 1 if context.context.complete else 0


def seal(context, message):
    clear = message if isinstance(message, bytes) else message.encode("utf-8")
    parts = IOV(IOVBufferType.header, clear, IOVBufferType.padding, std_layout=False)
    wrap_iov(context.context, parts, confidential=True)
    return (parts[1].value or b"") + (parts[2].value or b""), parts[0].value


def unseal(context, message, header):
    parts = IOV((IOVBufferType.header, False, header), message, std_layout=False)
    unwrap_iov(context.context, parts)
    return parts[1].value


kerberos = types.ModuleType("kerberos")
kerberos.GSS_C_MUTUAL_FLAG = int(gssapi.RequirementFlag.mutual_authentication)
kerberos.GSS_C_SEQUENCE_FLAG = int(gssapi.RequirementFlag.out_of_sequence_detection)
kerberos.GSS_C_DELEG_FLAG = int(gssapi.RequirementFlag.delegate_to_peer)
kerberos.GSSError = gssapi.exceptions.GSSError
kerberos.authGSSClientInit = init
kerberos.authGSSClientStep = step
kerberos.authGSSClientResponse = lambda context: base64.b64encode(context.token).decode()
kerberos.authGSSWinRMEncryptMessage = seal
kerberos.authGSSWinRMDecryptMessage = unseal
sys.modules["kerberos"] = kerberos

import winrm  # noqa: E402 (it must find what stands in)

host = winrm.Protocol(
    endpoint=sys.argv[1], transport="kerberos", message_encryption="always", send_cbt=False)
for path in sys.argv[2:]:
    with open(path, encoding="utf-8") as envelope:
        answer = host.send_message(envelope.read())
    print(answer if isinstance(answer, str) else answer.decode("utf-8"))
try:
    host.open_shell()
    print("a shell was opened")
except Exception as refused:  # a simulated host has no shells, and says so
    print("refused:", type(refused).__name__, refused)
