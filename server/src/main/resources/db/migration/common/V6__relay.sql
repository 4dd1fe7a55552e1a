-- Streams that are pushed to other servers.
create table relay (
  id            text primary key,
  camera        text    not null,
  stream        text    not null,                             -- main, sub
  url_sealed    text    not null,                             -- AES-256-GCM, key in the home's key file
  trust_any     integer not null,                             -- 1: any certificate is accepted
  enabled       integer not null,
  created_at_ms bigint  not null
);
