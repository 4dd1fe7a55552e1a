-- How a camera is analysed, as JSON; null: not at all. Nothing is ever asked of its members.
alter table camera add column vision text;

-- Something worth a person's attention. Kept as long as the camera's recordings, deleted with it.
create table event (
  id         text   primary key,                              -- random, tells nothing
  camera     text   not null,
  type       text   not null,                                 -- word of EventType
  label      text,                                            -- class of the object; unknown: it has none
  score      real,                                            -- 0..1
  track      bigint,                                          -- object track; never given twice
  place      text,                                            -- id of the line or zone
  place_name text,                                            -- its name then
  direction  text   check (direction in ('TO_LEFT', 'TO_RIGHT')),
  start_ms   bigint not null,                                 -- UTC epoch ms, by the server's clock
  end_ms     bigint,                                          -- null while it lasts
  box        text,                                            -- left,top,right,bottom in fractions of the picture, at its best shot
  snapshot   text,                                            -- file below HOME/snapshots
  path       text                                             -- ms since its start and the box, one a line
);
create index event_by_start on event (start_ms);
create index event_by_camera on event (camera, start_ms);

-- Who has seen an event. Goes with the event.
create table event_seen (
  event    text not null references event (id),
  username text not null,
  primary key (event, username)
);

-- One object has passed one line: what counts are made of. Kept as long as events.
create table crossing (
  camera    text   not null,
  line      text   not null,
  track     bigint not null,
  at_ms     bigint not null,                                  -- UTC epoch ms
  direction text   not null check (direction in ('TO_LEFT', 'TO_RIGHT')),
  label     text   not null,
  primary key (camera, line, at_ms, track)
);
