"""How people are received: welcome threads, greeters, threads of every week, reply sessions."""
