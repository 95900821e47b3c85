-- The schema, empty, and the rights everything made in it begins with: none.
-- Runs as superuser, once.

create schema sluis authorization sluis_owner;

-- What is created from here on is nobody's but its owner's, also in upgrades.
alter default privileges for role sluis_owner revoke execute on functions from public;
alter default privileges for role sluis_owner revoke usage on types from public;
