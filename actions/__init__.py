"""The few steps of the dialogue that need code; rasa_sdk imports every module here."""
