"""Tables of identity: people, accounts, sign-in codes, sessions, roles."""

from piccolo.columns import Bytea, Date, Integer
from piccolo.constraints import Check
from piccolo.table import Table

from backend.core.columns import key, moment, place, refers_to, text, word


class Person(Table, tablename="people"):
    """A human being on a register, with or without an account; the ID number is sealed."""

    id = key()
    name = word(80)
    sex = word(10)
    birth_on = Date(default=None)
    id_number_sealed = Bytea(default=None, null=True)
    id_number_index = Bytea(default=None, null=True)
    created_at = moment()

    people_sex = Check("sex IN ('female','male','unknown')")


class Account(Table, tablename="accounts"):
    """What a person signs in with: a sealed phone, or a login with password and TOTP."""

    id = key()
    person_id = refers_to("Person")
    phone_sealed = Bytea(default=None, null=True)
    phone_index = Bytea(default=None, null=True)
    login = word(60, null=True)
    password_hash = text(null=True)
    totp_sealed = Bytea(default=None, null=True)
    totp_last_step = Integer(default=0)
    disabled_at = moment(null=True)
    created_at = moment()


class SignInCode(Table, tablename="sign_in_codes"):
    """A one-time code sent to a phone: hashed, five minutes, five tries."""

    id = key()
    phone_index = Bytea(default=None)
    code_hash = Bytea(default=None)
    address_index = Bytea(default=None)
    created_at = moment()
    expires_at = moment()
    tries = Integer(default=0)
    used_at = moment(null=True)


class Session(Table, tablename="sessions"):
    """A signed-in device; the refresh token rotates, and only its hash is here."""

    id = key()
    account_id = refers_to("Account", index=True)
    device_name = word(80)
    refresh_hash = Bytea(default=None)
    previous_hash = Bytea(default=None, null=True)
    next_sealed = Bytea(default=None, null=True)
    rotated_at = moment()
    created_at = moment()
    expires_at = moment()
    revoked_at = moment(null=True)
    revoked_because = word(40, null=True)


class StaffSignInFailure(Table, tablename="staff_sign_in_failures"):
    """A failed password or TOTP, kept to slow guessing down."""

    id = key()
    login = word(60)
    address_index = Bytea(default=None)
    at = moment()


class RoleGrant(Table, tablename="role_grants"):
    """A role of an account at a place, until a day or until revoked."""

    id = key()
    account_id = refers_to("Account", index=True)
    role = word()
    place_code = place()
    valid_from = moment()
    valid_until = moment(null=True)
    granted_by = refers_to("Account", null=True)
    revoked_at = moment(null=True)
