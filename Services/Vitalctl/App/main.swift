import VitalctlAdapter

await Vitalctl.start()
