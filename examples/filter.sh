#!/bin/sh
# An extractor as a filter: the page as served comes in, text goes out.
tr '\n' ' ' | sed 's/<p[ >]/\n&/g; s/<\/p>/\n/g' | sed -n '/^<p/s/<[^>]*>//gp'
