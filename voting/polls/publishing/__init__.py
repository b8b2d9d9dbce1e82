"""What of a closed poll is handed out, so that anybody can check it without this server."""
