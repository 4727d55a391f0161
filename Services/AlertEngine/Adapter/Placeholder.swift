// AlertEngine
