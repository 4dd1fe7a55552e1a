-- What was wrong with the pictures of the minute in which an event began: DARK, BLURRED, RAIN_LIKE,
-- with commas between them; null while they were good or nobody knows.
alter table event add column quality text;

-- How good one camera's pictures were in one hour, in minutes. Kept as long as events.
create table picture_quality (
  camera      text   not null,
  start_at_ms bigint not null,                -- UTC epoch ms, a multiple of 3600000
  looked      bigint not null,                -- minutes that were analysed; of those:
  dark        bigint not null,
  blurred     bigint not null,
  rain_like   bigint not null,
  primary key (camera, start_at_ms),
  check (dark between 0 and looked and blurred between 0 and looked and rain_like between 0 and looked)
);
