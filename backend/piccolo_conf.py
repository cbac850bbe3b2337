"""Where Piccolo looks for the engine and the one migration stream."""

from piccolo.conf.apps import AppRegistry

from backend.core.db import ENGINE

DB = ENGINE
APP_REGISTRY = AppRegistry(apps=["backend.piccolo_app"])
