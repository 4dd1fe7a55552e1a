-- Where a camera's ONVIF device service is; null when nobody said.
alter table camera add column onvif_url text;
