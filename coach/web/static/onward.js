// Goes on to the address that the page names, and takes along what stands behind the # of this one.

const { onward } = document.currentScript.dataset;
// With a question mark, for the same address with another # would be this page.
location.replace(location.hash ? `${onward}?${location.hash}` : onward);
