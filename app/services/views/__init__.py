"""What pages are given to show: plain values. Words and dates are made at the edge."""
