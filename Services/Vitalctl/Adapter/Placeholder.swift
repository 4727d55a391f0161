// Vitalctl
