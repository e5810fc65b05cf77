"""Moving running procedures to another version. Who plans sees nameless numbers; the case's own history tells its handlers."""
