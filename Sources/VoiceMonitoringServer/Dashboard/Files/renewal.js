// A page that is left open for days begins anew now and then. Pure functions.

// When a kiosk loads its page again: once a night at about four, not all at the same moment.
export function nextNight(now, random = Math.random) {
  const night = new Date(now);
  night.setHours(3, 30, random() * 3600, 0);
  if (night <= now) night.setDate(night.getDate() + 1);
  return night.getTime();
}

// Whether another build of the exporter answers than the page came from: the files that the page has yet to load may be
// gone with it.
export function isOutdated(known, told) {
  return known !== "" && told !== known;
}
