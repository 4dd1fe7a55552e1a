-- When a camera was examined last. It and its findings go with the camera.
create table camera_check (
  camera text primary key,
  at_ms  bigint not null                                      -- UTC epoch ms
);

-- What the newest examination found. Holds no secret: addresses stand in it without credentials.
create table camera_finding (
  camera   text   not null references camera_check (camera),
  part     text   not null check (part in ('main', 'sub', 'device')),
  code     text   not null,                                   -- stable: gop.long
  severity text   not null check (severity in ('INFO', 'WARNING', 'ERROR')),
  detail   text   not null,                                   -- one English sentence
  params   text   not null,                                   -- name=value, one a line
  since_ms bigint not null,                                   -- UTC epoch ms of the first examination that found it
  primary key (camera, part, code)
);
