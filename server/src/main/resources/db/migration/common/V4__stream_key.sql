-- The key with which a camera that is pushed to us is published.
create table stream_key (
  camera     text primary key,
  key_sealed text not null                                    -- AES-256-GCM, key in the home's key file
);
