// What stands behind the # of this address comes along through the sign-in: to the service's own pages, and no further.

const form = document.querySelector("form");
form.setAttribute("action", form.getAttribute("action") + location.hash);
