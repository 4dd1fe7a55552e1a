-- Identity: who may sign in, which cameras they may see, and what proves who they are.

-- A user.
create table account (
  username           text primary key,                -- lower case
  password_hash      text not null,                   -- Argon2id in PHC string form
  role               text not null check (role in ('administrator', 'operator')),
  all_cameras        boolean not null,                -- else the rows of account_camera
  language           text not null,                   -- ISO 639-1
  created_at_ms      bigint not null,                 -- UTC epoch ms
  last_sign_in_at_ms bigint
);

-- The right of an operator to one camera. No reference to the camera: rights may outlive it.
create table account_camera (
  username text not null references account (username) on delete cascade,
  camera   text not null,
  primary key (username, camera)
);

-- A signed-in browser.
create table login_session (
  token_hash      text primary key,                   -- SHA-256 of the cookie, base64url
  username        text not null references account (username) on delete cascade,
  created_at_ms   bigint not null,
  last_used_at_ms bigint not null                     -- brought up to date once a minute
);
create index login_session_username on login_session (username);

-- A program's access token.
create table bearer_token (
  token_hash    text primary key,
  username      text not null references account (username) on delete cascade,
  created_at_ms bigint not null,
  expires_at_ms bigint not null
);
create index bearer_token_username on bearer_token (username);

-- What an administrator changed while the server ran; a setting without a row has its default.
create table site_setting (
  name  text primary key,
  value text not null
);
