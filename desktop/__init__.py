"""What differs by operating system: clock, paths, single instance, screen."""
