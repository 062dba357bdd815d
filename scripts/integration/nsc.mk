# Include this after NSC_OUTPUTS, the files that nsc.json names. nsc is asked each time, which takes some milliseconds; what it
# leaves as it is, make leaves too. Needs GNU make 4.3.

NSC ?= nsc
NSC_PROJECT ?= nsc.json

$(NSC_OUTPUTS) &: nsc-always
	$(NSC) build $(NSC_PROJECT)

.PHONY: nsc-always
nsc-always:
