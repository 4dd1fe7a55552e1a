-- Recording of what happens: when, how much around it, and what would have been kept.

-- Of a camera that is recorded selectively the mode says CONTINUOUS, and this column when.
alter table camera add column recording_when text check (recording_when in ('MOTION', 'OBJECT'));
alter table camera add column pre_roll_ms bigint not null default 5000 check (pre_roll_ms >= 0);
alter table camera add column post_roll_ms bigint not null default 10000 check (post_roll_ms >= 0);
alter table camera add column merge_ms bigint not null default 5000 check (merge_ms >= 0);
alter table camera add column recording_week text;            -- 336 letters: a mode for each half hour from Monday on; null: always as set

alter table recording_policy add column pre_roll_ms bigint not null default 5000;
alter table recording_policy add column post_roll_ms bigint not null default 10000;
alter table recording_policy add column merge_ms bigint not null default 5000;
alter table recording_policy add column week text;            -- as recording_week
alter table recording_policy add column zone text;            -- whose clock the week goes by; null without a week

-- Time that was looked at and in which nothing was to be kept: neither footage nor gap.
create table recording_idle (
  camera      text not null,
  start_at_ms bigint not null,                -- UTC epoch ms
  end_at_ms   bigint not null,                -- exclusive; moves on while it lasts
  primary key (camera, start_at_ms),
  check (end_at_ms >= start_at_ms)
);

-- When something moved or was recognised, whatever the mode was: what a selective mode keeps.
create table recording_interest (
  camera      text not null,
  kind        text not null,                  -- MOTION, OBJECT
  start_at_ms bigint not null,                -- UTC epoch ms, without the pre-roll
  end_at_ms   bigint not null,                -- without the post-roll; moves on while it lasts
  primary key (camera, kind, start_at_ms),
  check (end_at_ms >= start_at_ms)
);

-- What came of a camera and what the analysis saw of it, per quarter of an hour.
create table recording_looked (
  camera          text not null,
  start_at_ms     bigint not null,            -- a multiple of 900000
  media_ms        bigint not null,            -- how long media came
  media_bytes     bigint not null,
  looked          bigint not null,            -- frames that were looked at
  with_motion     bigint not null,            -- those of them in which something moved
  with_detection  bigint not null,            -- those of them in which something was recognised
  primary key (camera, start_at_ms)
);
