"""One small tree of errors. The text of each is one line that an operator understands."""


class ObjectionBotError(Exception):
    """The root of all errors of our own."""


class KnowledgeError(ObjectionBotError):
    """A record of the data does not hold. Says file, record and field."""


class SettingsError(ObjectionBotError):
    """A setting is missing or wrong. Says which, and the remedy."""


class SealError(ObjectionBotError):
    """Sealed data can't be opened: wrong key, or damaged."""


class StorageError(ObjectionBotError):
    """The database can't be used as it is."""
