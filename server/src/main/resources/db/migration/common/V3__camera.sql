-- A camera as it is set up. Its recordings outlive its row when they are kept on removal.
create table camera (
  id              text primary key,                           -- slug, in URLs and file names
  name            text not null,
  enabled         integer not null check (enabled in (0, 1)),
  main_url        text not null,                              -- without user information
  main_transport  text not null check (main_transport in ('TCP', 'UDP')),
  sub_url         text,
  sub_transport   text check (sub_transport in ('TCP', 'UDP')),
  username        text,
  password_sealed text,                                       -- AES-256-GCM, key in the home's key file
  recording_mode  text not null check (recording_mode in ('OFF', 'CONTINUOUS')),
  segment_ms      bigint not null check (segment_ms > 0),
  retention_days  integer check (retention_days > 0),         -- null: the site's default
  retention_bytes bigint check (retention_bytes > 0),         -- null: no limit of its own
  lon             double precision check (lon between -180 and 180),       -- WGS 84
  lat             double precision check (lat between -90 and 90),
  heading_deg     double precision check (heading_deg >= 0 and heading_deg < 360),  -- clockwise from north
  labels          text not null,                              -- one per line
  created_at_ms   bigint not null,                            -- UTC epoch ms
  check ((sub_url is null) = (sub_transport is null)),
  check ((lon is null) = (lat is null))
);

-- Something wrong that a person should know of, until it is over. Written when raised, removed when cleared.
create table alarm (
  id          text primary key,
  kind        text not null,                                  -- volume, camera, recording, clock
  subject     text not null,                                  -- id of the volume or camera
  cause       text not null,
  detail      text not null,
  since_ms    bigint not null                                 -- UTC epoch ms
);
