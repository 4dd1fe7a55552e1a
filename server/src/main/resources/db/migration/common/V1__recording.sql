-- Recording: volumes, the index of recorded files, gaps with their causes, and what was wanted.
-- Cameras are named by their id; there is no foreign key to them, because recordings outlive them.

-- A directory that holds recordings, known by the identity file in it.
create table volume (
  id            text primary key,             -- as in the file .pantau-volume
  path          text not null unique,
  created_at_ms bigint not null               -- UTC epoch ms
);

-- One recorded file: consecutive fragments of one stream with one decoder configuration.
-- A row is written after the file is durable, and removed after the file is gone.
create table segment (
  camera         text not null,
  start_at_ms    bigint not null,             -- UTC epoch ms of the first access unit, by the server's clock
  end_at_ms      bigint not null,             -- exclusive; spans of one camera never overlap
  recorded_ms    bigint not null,             -- the span less the holes inside it
  volume         text not null references volume (id),
  file           text not null,               -- name without directory and .mp4: {camera}_{yyyy-MM-dd}_{HH-mm-ss}Z
  stream         text not null,               -- main or sub
  reason         text not null,               -- why it was recorded: continuous, motion, …
  size_bytes     bigint not null,
  video_codec    text,
  audio_codec    text,
  locked         boolean not null default false, -- evidence: no retention touches it
  deleting_at_ms bigint,                      -- set before unlink, row removed after
  primary key (camera, start_at_ms),
  check (end_at_ms > start_at_ms),
  check (recorded_ms >= 0 and recorded_ms <= end_at_ms - start_at_ms),
  check (size_bytes > 0)
);
create index segment_oldest on segment (volume, start_at_ms);
create index segment_deleting on segment (volume, deleting_at_ms) where deleting_at_ms is not null;

-- Time that was wanted and is not recorded.
create table recording_gap (
  camera      text not null,
  start_at_ms bigint not null,
  end_at_ms   bigint not null,                -- exclusive; moves on while the gap lasts
  cause       text not null,                  -- CAMERA NETWORK DISK RESTART POLICY SHED CLOCK
  detail      text,                           -- one English sentence, without credentials
  primary key (camera, start_at_ms),
  check (end_at_ms >= start_at_ms)
);

-- What was wanted of a camera from a moment on, until the next row of that camera.
create table recording_policy (
  camera          text not null,
  from_ms         bigint not null,
  mode            text not null,              -- off or continuous
  segment_ms      bigint not null,
  retention_ms    bigint,                     -- null: the default of the installation
  retention_bytes bigint,                     -- null: no bound
  primary key (camera, from_ms)
);

-- Up to where retention has removed footage: what lies before is expired, not missing.
create table recording_expiry (
  camera   text primary key,
  until_ms bigint not null
);

-- Recorded time per quarter of an hour (every time zone in use is a multiple of it), so that a
-- calendar of months reads no segment rows.
create table recording_quarter (
  camera      text not null,
  start_at_ms bigint not null,                -- a multiple of 900000
  recorded_ms bigint not null,
  primary key (camera, start_at_ms)
);

-- What each camera keeps on each volume.
create table recording_total (
  volume     text not null,
  camera     text not null,
  size_bytes bigint not null,
  segments   bigint not null,
  primary key (volume, camera)
);
